import { readFile, writeFile } from 'node:fs/promises'
import { batchVariables } from '@reelway/batch/config.ts'
import { conversionErrors } from '@reelway/shared/errors/conversion-errors.ts'
import { requestErrors } from '@reelway/shared/errors/request-errors.ts'
import { webVariables } from '@reelway/web/config.ts'
import { acceptsTable } from './accepts-table.ts'
import { errorTable } from './error-table.ts'
import { optionTable } from './option-table.ts'
import { presetTable } from './preset-table.ts'
import { sourceTable } from './source-table.ts'
import { stateDiagram } from './state-diagram.ts'
import { variableTable } from './variable-table.ts'

/** What stands between the marks <!-- generated:NAME --> and <!-- /generated --> of each file. */
const sections: Record<string, Record<string, () => string>> = {
  'README.md': {
    presets: presetTable,
    options: optionTable,
    accepts: acceptsTable,
    sources: sourceTable,
    'conversion-errors': () => errorTable(conversionErrors, { owner: true }),
    'request-errors': () => errorTable(requestErrors, { owner: false }),
    'web-variables': () => variableTable(webVariables),
    'batch-variables': () => variableTable(batchVariables),
  },
  'shared/README.md': { states: stateDiagram },
}

const MARKED = /<!-- generated:([\w-]+) -->\n[\s\S]*?<!-- \/generated -->/g

/** npm run generate writes the generated parts anew; with --check it only says which file is out of date, and fails. */
const check = process.argv.includes('--check')
for (const [file, makers] of Object.entries(sections)) {
  const text = await readFile(file, 'utf8')
  const missing = new Set(Object.keys(makers))
  const generated = text.replace(MARKED, (_, name: string) => {
    const make = makers[name]
    if (make === undefined) throw new Error(`${file}: nothing makes the section ${name}`)
    missing.delete(name)
    return `<!-- generated:${name} -->\n${make()}\n<!-- /generated -->`
  })
  if (missing.size > 0) throw new Error(`${file}: the marks of ${[...missing].join(', ')} are missing`)
  if (generated === text) continue
  if (!check) await writeFile(file, generated)
  else {
    console.error(`${file} is out of date: run "npm run generate".`)
    process.exitCode = 1
  }
}
