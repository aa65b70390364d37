import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { File } from '@google-cloud/storage'
import { assertFails, numberedBytes } from './storage-assertions.ts'
import type { StoragePlace } from './storage-place.ts'

/** Objects through Google's client: writing, reading, ranges, generations, preconditions, lists, copies. */
export const objectsContract = (place: () => StoragePlace): void => {
  const file = (name: string, generation?: number | string): File =>
    place()
      .storage.bucket(place().bucket)
      .file(`${place().prefix}${name}`, generation === undefined ? {} : { generation })
  // A new object each time: the client writes into the options that it is given.
  const create = (): { preconditionOpts: { ifGenerationMatch: number } } => ({
    preconditionOpts: { ifGenerationMatch: 0 },
  })

  describe('objects', () => {
    it('keep the bytes, the type and the metadata they were saved with', async () => {
      const bytes = numberedBytes(300_000)
      const target = file('saved name +%"ü.bin')
      const metadata = { contentType: 'video/mp4', metadata: { task: 'a b' } }
      await target.save(bytes, { resumable: false, metadata, ...create() })
      const [stored] = await target.download()
      assert.deepEqual(stored, bytes)
      const [facts] = await target.getMetadata()
      assert.equal(facts.md5Hash, createHash('md5').update(bytes).digest('base64'))
      assert.equal(Number(facts.size), bytes.length)
      assert.equal(facts.contentType, 'video/mp4')
      assert.deepEqual(facts.metadata, { task: 'a b' })
    })

    it('arrive whole by a resumable save, by chunks and by upload of a file', async () => {
      const bytes = numberedBytes(600_000)
      const directory = await mkdtemp(join(tmpdir(), 'reelway-upload-'))
      try {
        await writeFile(join(directory, 'source'), bytes)
        const { storage, bucket, prefix } = place()
        await file('by-save').save(bytes, create())
        await file('by-chunks').save(bytes, { chunkSize: 256 * 1024, ...create() })
        await storage
          .bucket(bucket)
          .upload(join(directory, 'source'), { destination: `${prefix}by-upload`, ...create() })
      } finally {
        await rm(directory, { recursive: true })
      }
      for (const name of ['by-save', 'by-chunks', 'by-upload'])
        assert.deepEqual((await file(name).download())[0], bytes, name)
    })

    it('can be empty', async () => {
      await file('empty').save('', { resumable: false, ...create() })
      assert.equal((await file('empty').download())[0].length, 0)
    })

    it('are not created when they exist and generation 0 is demanded', async () => {
      await file('once').save('first', { resumable: false, ...create() })
      await assertFails(file('once').save('second', { resumable: false, ...create() }), 412)
      await assertFails(file('once').save('second', create()), 412)
      assert.equal(String((await file('once').download())[0]), 'first')
    })

    it('get a greater generation when overwritten, and the old one is gone', async () => {
      await file('twice').save('first', { resumable: false, ...create() })
      const before = (await file('twice').getMetadata())[0].generation ?? 0
      await file('twice').save('second', { resumable: false, preconditionOpts: { ifGenerationMatch: before } })
      const after = (await file('twice').getMetadata())[0].generation ?? 0
      assert.ok(BigInt(after) > BigInt(before))
      assert.equal(String((await file('twice', after).download())[0]), 'second')
      await assertFails(file('twice', before).getMetadata(), 404)
    })

    it('are read from and to the byte that is asked for', async () => {
      const bytes = numberedBytes(1000)
      await file('ranges').save(bytes, { resumable: false, ...create() })
      assert.deepEqual((await file('ranges').download({ start: 3, end: 7 }))[0], bytes.subarray(3, 8))
      assert.deepEqual((await file('ranges').download({ start: 990 }))[0], bytes.subarray(990))
      assert.deepEqual((await file('ranges').download({ end: -5 }))[0], bytes.subarray(995))
      assert.deepEqual((await file('ranges').download({ start: 990, end: 5000 }))[0], bytes.subarray(990))
    })

    it('change their description only under the metageneration that is demanded', async () => {
      await file('described').save('x', { resumable: false, ...create() })
      await file('described').setMetadata({ metadata: { a: '1', b: '2' } }, { ifMetagenerationMatch: 1 })
      await file('described').setMetadata({ metadata: { a: null } }, { ifMetagenerationMatch: 2 })
      await assertFails(file('described').setMetadata({ contentType: 'a/b' }, { ifMetagenerationMatch: 1 }), 412)
      const [facts] = await file('described').getMetadata()
      assert.deepEqual(facts.metadata, { b: '2' })
      assert.equal(Number(facts.metageneration), 3)
    })

    it('are deleted only in the generation that is demanded, and then are not there', async () => {
      await file('deleted').save('x', { resumable: false, ...create() })
      await assertFails(file('deleted').delete({ ifGenerationMatch: 5 }), 412)
      const { generation = 0 } = (await file('deleted').getMetadata())[0]
      await file('deleted').delete({ ifGenerationMatch: generation })
      assert.equal((await file('deleted').exists())[0], false)
      await assertFails(file('deleted').delete(), 404)
      await assertFails(file('deleted').getMetadata(), 404)
    })

    it('are copied with their description, and composed from several', async () => {
      const { storage, bucket } = place()
      await file('part-1').save('one', { resumable: false, metadata: { contentType: 'text/x' }, ...create() })
      await file('part-2').save('two', { resumable: false, ...create() })
      await file('part-1').copy(file('copy'), create())
      assert.equal(
        (await file('copy').getMetadata())[0].contentType,
        'text/x',
        JSON.stringify((await file('copy').getMetadata())[0]) + JSON.stringify((await file('part-1').getMetadata())[0]),
      )
      await assertFails(file('part-2').copy(file('copy'), create()), 412)
      const sum = file('sum')
      await storage.bucket(bucket).combine([file('part-1'), file('part-2')], sum, { ifGenerationMatch: 0 })
      assert.equal(String((await file('sum').download())[0]), 'onetwo')
    })

    it('are listed by prefix and delimiter, in pages, in the order of their bytes', async () => {
      const { storage, bucket, prefix } = place()
      for (const name of ['b', 'a/2', 'a/1', 'ü', 'c'])
        await file(`list/${name}`).save(name, { resumable: false, ...create() })
      const list = storage.bucket(bucket)
      const names: string[] = []
      let page: object | null = { prefix: `${prefix}list/`, maxResults: 2, autoPaginate: false }
      while (page !== null) {
        const [files, next]: [File[], object | null, ...unknown[]] = await list.getFiles(page)
        assert.ok(files.length <= 2)
        names.push(...files.map(({ name }) => name.slice(prefix.length)))
        page = next ?? null
      }
      assert.deepEqual(names, ['list/a/1', 'list/a/2', 'list/b', 'list/c', 'list/ü'])
      const query = { prefix: `${prefix}list/`, delimiter: '/', autoPaginate: false }
      const [level, , answer] = await list.getFiles(query)
      assert.deepEqual(
        level.map(({ name }) => name.slice(prefix.length)),
        ['list/b', 'list/c', 'list/ü'],
      )
      assert.deepEqual((answer as { prefixes: string[] }).prefixes, [`${prefix}list/a/`])
    })

    it('can be read to their end while they are overwritten', async () => {
      const bytes = numberedBytes(4_000_000)
      await file('replaced').save(bytes, { resumable: false, ...create() })
      const { generation = 0 } = (await file('replaced').getMetadata())[0]
      const reading = file('replaced', generation).createReadStream()
      const chunks: Buffer[] = []
      for await (const chunk of reading) {
        if (chunks.length === 0)
          await file('replaced').save('new', { resumable: false, preconditionOpts: { ifGenerationMatch: generation } })
        chunks.push(chunk as Buffer)
      }
      assert.deepEqual(Buffer.concat(chunks), bytes)
    })

    it('are refused with 404 in a bucket that does not exist', async () => {
      const elsewhere = place().storage.bucket('reelway-no-such-bucket-8c1f').file('x')
      await assertFails(elsewhere.getMetadata(), 404)
    })
  })
}
