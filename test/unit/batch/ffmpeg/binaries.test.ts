import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { BinaryMissingError, findBinaries } from '@reelway/batch/ffmpeg/binaries.ts'

const pretend = async (folder: string, program: string, version: string) => {
  const path = join(folder, program)
  await writeFile(path, `#!/bin/sh\necho "${version}"\n`)
  await chmod(path, 0o755)
  return path
}

const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'reelway-binaries-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

const noPackages = { ffmpeg: () => undefined, ffprobe: () => undefined }

test('a path that is given comes before everything else', async () => {
  await using place = await folder()
  const ffmpegPath = await pretend(place.path, 'my-ffmpeg', 'ffmpeg version mine')
  const ffprobePath = await pretend(place.path, 'my-ffprobe', 'ffprobe version mine')
  assert.deepEqual(await findBinaries({ ffmpegPath, ffprobePath }), {
    ffmpeg: ffmpegPath,
    ffprobe: ffprobePath,
    version: 'ffmpeg version mine',
  })
})

test('ffprobe is found in the folders of the search path, in their order', async () => {
  await using first = await folder()
  await using second = await folder()
  const ffmpegPath = await pretend(first.path, 'ffmpeg', 'ffmpeg version 1')
  const ffprobe = await pretend(second.path, 'ffprobe', 'ffprobe version 2')
  const found = await findBinaries({ ffmpegPath, searchPath: `${first.path}:${second.path}` }, noPackages)
  assert.equal(found.ffprobe, ffprobe)
})

test("a package's binary comes before the search path, unless it is not there", async () => {
  await using place = await folder()
  const packaged = await pretend(place.path, 'packaged-ffprobe', 'ffprobe version packaged')
  const ffmpeg = await pretend(place.path, 'ffmpeg', 'ffmpeg version on the path')
  await pretend(place.path, 'ffprobe', 'ffprobe version on the path')
  const found = await findBinaries(
    { searchPath: place.path },
    { ffmpeg: () => join(place.path, 'nothing'), ffprobe: () => packaged },
  )
  assert.deepEqual(found, { ffmpeg, ffprobe: packaged, version: 'ffmpeg version on the path' })
})

test('an ffmpeg on the search path that can encode AV1 comes before one of a package that cannot', async () => {
  await using place = await folder()
  const able = 'configuration: --enable-libsvtav1 --enable-libx265 --enable-libvpx --enable-libopus'
  const packaged = await pretend(
    place.path,
    'packaged-ffmpeg',
    'ffmpeg version packaged\nconfiguration: --enable-libx265',
  )
  const ffprobe = await pretend(place.path, 'ffprobe', 'ffprobe version 1')
  const packages = { ffmpeg: () => packaged, ffprobe: () => undefined }
  const find = async () => (await findBinaries({ searchPath: place.path }, packages)).ffmpeg
  assert.equal(await find(), packaged)
  const onPath = await pretend(place.path, 'ffmpeg', `ffmpeg version on the path\n${able}`)
  assert.equal(await find(), onPath)
  await pretend(place.path, 'packaged-ffmpeg', `ffmpeg version packaged\n${able}`)
  assert.deepEqual(await findBinaries({ searchPath: place.path }, packages), {
    ...{ ffmpeg: packaged, ffprobe, version: 'ffmpeg version packaged' },
  })
})

test('a missing program is named, and so is what to install', async () => {
  await using empty = await folder()
  const ffmpegPath = await pretend(empty.path, 'ffmpeg', 'ffmpeg version 1')
  await assert.rejects(findBinaries({ ffmpegPath, searchPath: empty.path }, noPackages), (error) => {
    assert.ok(error instanceof BinaryMissingError)
    assert.match(error.message, /ffprobe was not found in .*apt-get install ffmpeg/)
    return true
  })
})

test('a path that does not start is an error that keeps its cause', async () => {
  await assert.rejects(findBinaries({ ffmpegPath: '/nowhere/ffmpeg', ffprobePath: '/nowhere/ffprobe' }), (error) => {
    assert.ok(error instanceof BinaryMissingError)
    assert.match(error.message, /\/nowhere\/ffmpeg does not start/)
    assert.ok(error.cause instanceof Error)
    return true
  })
})
