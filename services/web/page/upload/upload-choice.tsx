import { Button } from '../design/button.tsx'
import { t } from '../i18n/translate.ts'
import { withOption } from '../options/conversion.ts'
import { ConversionForm } from '../options/conversion-form.tsx'
import { presets } from '../options/presets.ts'
import { useFileFacts } from './file-facts-line.tsx'
import type { QueuedUpload } from './queued-upload.ts'
import { TrimRange } from './trim-range.tsx'
import type { Choice } from './upload-record.ts'

/**
 * Asks what a file is to become, while it is on its way already: `onChange` is told of every change, and at the end that no more will come
 * (`isChoosing` false), on which the last bytes go.
 */
export const UploadChoice = (props: {
  upload: QueuedUpload
  onChange: (choice: Choice, isChoosing: boolean) => void
}) => {
  const { upload, onChange } = props
  const { choice, file, fileName } = upload
  const facts = useFileFacts(file)
  const canTrim = presets.value?.find(({ name }) => name === choice.preset)?.options.includes('trim') ?? false
  const durationSeconds = facts?.width == null ? null : facts.durationSeconds
  const hasRange = canTrim && file !== null && durationSeconds !== null
  return (
    <form
      class="upload-choice"
      onSubmit={(event) => {
        event.preventDefault()
        // The form goes, and the focus with it: to the name of the file.
        event.currentTarget.closest('.upload')?.querySelector('h3')?.focus()
        onChange(choice, false)
      }}
    >
      <ConversionForm value={choice} without={hasRange ? ['trim'] : []} onChange={(next) => onChange(next, true)}>
        {hasRange && (
          <TrimRange
            file={file}
            name={fileName}
            durationSeconds={durationSeconds}
            value={choice.options.trim}
            onChange={(trim) => onChange(withOption(choice, 'trim', trim), true)}
          />
        )}
      </ConversionForm>
      <p>
        <Button
          kind="primary"
          type="submit"
          disabled={upload.choiceFault !== undefined}
          label={t('uploads.named', { action: t('uploads.convert'), name: fileName })}
        >
          {t('uploads.convert')}
        </Button>
      </p>
    </form>
  )
}
