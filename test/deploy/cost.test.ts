import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { league } from '@reelway/shared/presets/league.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { parse } from 'yaml'
import { z } from 'zod'
import { alertPolicy } from './monitoring-rules.ts'
import { filesIn, renderFile } from './render-file.ts'

const text = await readFile('infra/gcp/cost.md', 'utf8')

/** The rows of the tables below a heading, cell by cell. */
const rowsBelow = (heading: string): string[][] =>
  (text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(2, -2)
        .split(/ *\| */)
        .map((cell) => cell.replaceAll('**', '').trim()),
    )

const inputs = new Map(rowsBelow('Inputs').map(([name = '', value = '']) => [name.replaceAll('`', ''), Number(value)]))
const input = (name: string): number => inputs.get(name) ?? Number.NaN

test('the size of batch and the number of alert conditions are those that are deployed', async () => {
  const service = z.object({
    spec: z.object({
      template: z.object({
        spec: z.object({
          containers: z.tuple([
            z.object({ resources: z.object({ limits: z.object({ cpu: z.string(), memory: z.string() }) }) }),
          ]),
        }),
      }),
    }),
  })
  const batch = service.parse(parse(await readFile('infra/gcp/run/batch.yaml', 'utf8')))
  const { limits } = batch.spec.template.spec.containers[0].resources
  assert.deepEqual([limits.cpu, limits.memory], [String(input('VCPU')), `${input('GIB')}Gi`])
  const alerts = await Promise.all((await filesIn('monitoring/alerts')).map((path) => renderFile(path)))
  const conditions = alerts.flatMap((alert) => alertPolicy.parse(parse(alert)).conditions)
  assert.equal(conditions.length, input('CONDITIONS'))
})

test("the processor seconds of a video are those of the presets' measured costs", () => {
  const decoded = (seconds: number) => (seconds * 30 * 1920 * 1080) / 1e6
  const ofMp4 = decoded(60) * mp4720p.cost.decodeSecondsPerMegapixel
  const ofLeague = decoded(18) * league.cost.decodeSecondsPerMegapixel
  const mp4 = ofMp4 + ((60 * 30 * 1280 * 720) / 1e6) * mp4720p.cost.encodeSecondsPerMegapixel
  const short = ofLeague + ((20 * 30 * 640 * 360) / 1e6) * league.cost.encodeSecondsPerMegapixel
  assert.equal(mp4.toFixed(1), input('CPU_720').toFixed(1))
  assert.equal(short.toFixed(1), input('CPU_LEAGUE').toFixed(1))
})

for (const [column, name, cpu, resultGb] of [
  [2, 'mp4-720p', 'CPU_720', 'RESULT_720_GB'],
  [3, 'league', 'CPU_LEAGUE', 'RESULT_LEAGUE_GB'],
] as const) {
  test(`each amount of ${name} is what its formula gives, and the sum is their sum`, () => {
    const values = {
      ...Object.fromEntries(inputs),
      RESULT_GB: input(resultGb),
      T: input(cpu) / (input('VCPU') * input('E')) + input('F'),
    }
    const amounts = rowsBelow('The bill').flatMap((row): [string, string, number][] => {
      const [resource = '', formula = ''] = row
      const amount = Number(row[column])
      return Number.isFinite(amount) ? [[resource, formula, amount]] : []
    })
    const [sum, ...others] = amounts.toReversed()
    for (const [resource, formula, amount] of others) {
      if (amount === 0) continue
      const given = evaluate(formula, values) * (amount < 0 ? -1 : 1)
      assert.ok(Math.abs(given - amount) < 0.06, `${resource}: ${given.toFixed(2)}, but ${amount} is said`)
    }
    assert.ok(Math.abs(others.reduce((total, [, , amount]) => total + amount, 0) - (sum?.[2] ?? 0)) < 0.01)
  })
}

/** The value of a formula of numbers, names, + x / and brackets, in which words that are no names are only there to be read. */
const evaluate = (formula: string, values: Record<string, number>): number => {
  const tokens = [...formula.replace(/^.*: /, '').matchAll(/[\d.,]*\d|[A-Z]+(?:_[A-Z0-9]+)*\b|(?<= )[x/+](?= )|[()]/g)]
    .map(String)
    .map((token) => token.replaceAll(',', ''))
  let at = 0
  const factor = (): number => {
    const token = tokens[at++] ?? ''
    if (token !== '(') return values[token] ?? Number(token)
    const inner = sum()
    at += 1
    return inner
  }
  const product = (): number => {
    let value = factor()
    while (tokens[at] === 'x' || tokens[at] === '/') value = tokens[at++] === 'x' ? value * factor() : value / factor()
    return value
  }
  const sum = (): number => {
    let value = product()
    while (tokens[at] === '+') {
      at += 1
      value += product()
    }
    return value
  }
  const value = sum()
  assert.equal(at, tokens.length, `the formula ends early: ${formula}`)
  return value
}
