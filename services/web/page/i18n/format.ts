import { spoken } from './language.ts'

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A number of bytes in the unit that fits, from kilobytes on, to three digits: 1.24 GB. */
export const formatBytes = (bytes: number): string => {
  const power = Math.min(BYTE_UNITS.length - 1, Math.max(1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  return number(bytes / 1000 ** power, {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    unitDisplay: 'short',
    maximumSignificantDigits: 3,
  })
}

/** A share from 0 to 1 in whole per cent, rounded down, so that only what is done is called 100 %. */
export const formatPercent = (share: number): string =>
  number(Math.floor(share * 100) / 100, { style: 'percent', maximumFractionDigits: 0 })

/** A place in a video as clocks write it: 1:02:03, 0:07. */
export const formatClock = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** The same to a tenth of a second, for who cuts: 0:07.3. */
export const formatMoment = (seconds: number): string => {
  const tenths = Math.max(0, Math.round(seconds * 10))
  const digit = number((tenths % 10) / 10, { minimumFractionDigits: 1 }).slice(1)
  return `${formatClock(Math.floor(tenths / 10))}${digit}`
}

/** How long something takes, in the largest unit that says enough: 45 s, 4 min, 2 h. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 99.5) return unit(Math.max(1, Math.round(seconds)), 'second')
  if (seconds < 5_400) return unit(Math.round(seconds / 60), 'minute')
  return unit(Math.round(seconds / 360) / 10, 'hour')
}

/** A number with at most two digits after the point. */
export const formatNumber = (value: number): string => number(value, { maximumFractionDigits: 2 })

/** When something was, as people say it: 3 minutes ago, yesterday; a date after a week. */
export const formatAgo = (time: Date, now: Date): string => {
  const seconds = (time.getTime() - now.getTime()) / 1000
  const relative = new Intl.RelativeTimeFormat(spoken.value.language, { numeric: 'auto' })
  if (seconds > -45) return relative.format(0, 'second')
  if (seconds > -3_600) return relative.format(Math.ceil(seconds / 60), 'minute')
  if (seconds > -86_400) return relative.format(Math.ceil(seconds / 3_600), 'hour')
  if (seconds > -7 * 86_400) return relative.format(Math.ceil(seconds / 86_400), 'day')
  return new Intl.DateTimeFormat(spoken.value.language, { dateStyle: 'medium' }).format(time)
}

const unit = (value: number, name: string): string =>
  number(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 })

const number = (value: number, options: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(spoken.value.language, options).format(value)
