import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measureSpeed, type Speed, secondsLeft } from '../../../../../services/web/page/upload/measure-speed.ts'

const run = (samples: [atMillis: number, bytes: number][]): Speed | undefined =>
  samples.reduce<Speed | undefined>((speed, [at, bytes]) => measureSpeed(speed, at, bytes), undefined)

const steady = (seconds: number, bytesPerSecond: number): [number, number][] =>
  Array.from({ length: seconds * 4 + 1 }, (_, quarter) => [quarter * 250, (quarter / 4) * bytesPerSecond])

test('nothing is said in the first three seconds, nor while nothing moves', () => {
  assert.equal(secondsLeft(undefined, 100), undefined)
  assert.equal(secondsLeft(run(steady(2, 1_000)), 100), undefined)
  assert.ok(secondsLeft(run(steady(3, 1_000)), 100) !== undefined)
  assert.equal(
    secondsLeft(
      run([
        [0, 0],
        [1_000, 0],
        [9_000, 0],
      ]),
      100,
    ),
    undefined,
  )
})

test('a steady line gives the time that it will take', () => {
  assert.ok(Math.abs((secondsLeft(run(steady(10, 1_000)), 5_000) ?? 0) - 5) < 0.01)
})

test('a change of speed counts half after two seconds, however often it is measured', () => {
  const after = (step: number) => {
    const samples = steady(10, 1_000)
    for (let millis = step; millis <= 2_000; millis += step) samples.push([10_000 + millis, 10_000 + millis * 3])
    return run(samples)?.bytesPerSecond ?? 0
  }
  for (const step of [100, 250, 1_000]) assert.ok(Math.abs(after(step) - 2_000) < 20, String(after(step)))
})

test('bytes that were not kept are no negative speed', () => {
  const speed = run([...steady(5, 1_000), [5_250, 2_000]])
  assert.equal(speed?.bytesPerSecond, undefined)
})
