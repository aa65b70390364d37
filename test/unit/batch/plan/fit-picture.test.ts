import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitPicture } from '@reelway/batch/plan/fit-picture.ts'
import { league } from '@reelway/shared/presets/league.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'

const text = ({ width, height }: { width: number; height: number }) => `${width}x${height}`
const size = (sides: string) => {
  const [width = 0, height = 0] = sides.split('x').map(Number)
  return { width, height }
}

for (const [display, picture] of [
  ['1920x1080', '640x360'],
  ['1080x1920', '202x360'],
  ['320x180', '640x360'],
  ['641x359', '640x358'],
  ['720x720', '360x360'],
  ['4000x2', '640x2'],
] as const) {
  test(`${display} stands as ${picture} on a fixed canvas of 640x360`, () => {
    const fitted = fitPicture(size(display), league.canvas)
    assert.equal(text(fitted.picture), picture)
    assert.equal(text(fitted.canvas), '640x360')
  })
}

for (const [display, result] of [
  ['1920x1080', '1280x720'],
  ['1080x1920', '720x1280'],
  ['3840x1600', '1280x534'],
  ['1440x1080', '960x720'],
  ['1280x720', '1280x720'],
  ['641x359', '640x358'],
  ['1x1', '2x2'],
] as const) {
  test(`${display} becomes ${result} within 720p`, () => {
    const fitted = fitPicture(size(display), mp4720p.canvas)
    assert.equal(text(fitted.picture), result)
    assert.equal(text(fitted.canvas), result)
  })
}
