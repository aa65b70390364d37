import type { TaskResource } from '../../tasks/task-schema.ts'
import { formatBytes, formatNumber, formatPercent } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { presets } from '../options/presets.ts'
import { describeOriginal } from './describe-original.ts'
import { describeResult } from './describe-result.ts'
import { mainOutput, resultBytes } from './task-kind.ts'

/** What became of the file: the most important in a line, everything to be unfolded. */
export const TaskFacts = ({ task }: { task: TaskResource }) => {
  const output = mainOutput(task)
  if (output === undefined) return null
  const bytes = resultBytes(task)
  const result = describeResult(
    task,
    output,
    presets.value?.find(({ name }) => name === task.preset),
  )
  const size = output.width === null || output.height === null ? undefined : `${output.width} × ${output.height}`
  const line = [result.format, size, result.duration, formatBytes(bytes)].filter((fact) => fact !== undefined)
  const source = task.source === null ? undefined : describeOriginal(task.source)
  return (
    <details class="task-facts">
      <summary>
        <span>{line.join(' · ')}</span>
        <span class="task-facts-more">{t('tasks.facts')}</span>
      </summary>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('tasks.factOriginal')}</th>
            <th scope="col">{t('tasks.factResult')}</th>
          </tr>
        </thead>
        <tbody>
          <Row
            name={t('tasks.factSize')}
            original={formatBytes(task.sizeBytes)}
            result={`${formatBytes(bytes)}${change(task.sizeBytes, bytes)}`}
          />
          <Row name={t('tasks.factFormat')} original={source?.format} result={result.format} />
          <Row name={t('tasks.factPicture')} original={source?.picture} result={result.picture} />
          <Row name={t('tasks.factSound')} original={source?.sound} result={result.sound} />
          <Row name={t('tasks.factDuration')} original={source?.duration} result={result.duration} />
        </tbody>
      </table>
      {output.copied && <p class="soft">{t('tasks.factCopied')}</p>}
      {output.startsAtSeconds !== null && (
        <p class="soft">{t('tasks.factStartsAt', { time: `${formatNumber(output.startsAtSeconds)} s` })}</p>
      )}
    </details>
  )
}

const Row = (props: { name: string; original: string | undefined; result: string | undefined }) => {
  if (props.original === undefined && props.result === undefined) return null
  return (
    <tr>
      <th scope="row">{props.name}</th>
      <td>{props.original ?? ''}</td>
      <td>{props.result ?? ''}</td>
    </tr>
  )
}

const change = (before: number, after: number): string => {
  const share = after / before - 1
  if (Math.abs(share) < 0.01) return ''
  const percent = formatPercent(Math.abs(share))
  return ` (${share < 0 ? t('tasks.factSmaller', { percent }) : t('tasks.factLarger', { percent })})`
}
