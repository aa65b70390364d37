import { t } from '../i18n/translate.ts'
import { ChoiceField } from '../options/choice-field.tsx'
import { type Conversion, withOption } from '../options/conversion.ts'
import { NumberField } from '../options/number-field.tsx'
import { watermarkPlaces } from '../options/option-choices.ts'

type PlaceProps = { value: Conversion; onChange: (value: Conversion) => void }

/** How long a picture is shown before or after the video, or a clip at most; nothing as long as none is chosen. */
export const BookendSeconds = (props: PlaceProps & { name: 'intro' | 'outro'; isPicture: boolean }) => {
  const { name, isPicture, value, onChange } = props
  const chosen = value.options[name]
  if (chosen === undefined) return null
  return (
    <div class="option-row">
      <NumberField
        label={t(isPicture ? 'assets.seconds' : 'assets.secondsAtMost')}
        value={chosen.seconds}
        placeholder={isPicture ? PICTURE_SECONDS : undefined}
        min={0.1}
        max={60}
        step="any"
        onChange={(seconds) =>
          onChange(withOption(value, name, { asset: chosen.asset, ...(seconds !== undefined && { seconds }) }))
        }
      />
    </div>
  )
}

/** What a picture is shown for when nothing is said (README). */
const PICTURE_SECONDS = '3'

/** Where a picture lies on the video, how large, and how well it is seen; nothing as long as none is chosen. */
export const WatermarkPlace = ({ value, onChange }: PlaceProps) => {
  const { watermark } = value.options
  if (watermark === undefined) return null
  const change = (part: Partial<typeof watermark>) =>
    onChange(withOption(value, 'watermark', { ...watermark, ...part }))
  return (
    <div class="option-row">
      <ChoiceField
        label={t('assets.position')}
        value={watermark.position === DEFAULT_PLACE ? undefined : watermark.position}
        none={t(`assets.position.${DEFAULT_PLACE}`)}
        choices={OTHER_PLACES.map((place) => [place, t(`assets.position.${place}`)])}
        onChange={(position) => change({ position: position ?? DEFAULT_PLACE })}
      />
      <NumberField
        label={t('assets.width')}
        value={Math.round(watermark.size * 100)}
        min={1}
        max={100}
        step={1}
        onChange={(percent) => percent !== undefined && change({ size: percent / 100 })}
      />
      <NumberField
        label={t('assets.opacity')}
        value={Math.round(watermark.opacity * 100)}
        min={1}
        max={100}
        step={1}
        onChange={(percent) => percent !== undefined && change({ opacity: percent / 100 })}
      />
    </div>
  )
}

const DEFAULT_PLACE = 'bottom-right'
const OTHER_PLACES = watermarkPlaces.filter((place) => place !== DEFAULT_PLACE)
