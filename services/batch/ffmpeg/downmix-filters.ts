/**
 * The filters that bring a sound of so many channels (null: not known) to two. More of them are mixed by ITU-R BS.775, as ffmpeg has it:
 * the centre and the surrounds at -3 dB in both, without the channel of low effects. In floating point, for of whole numbers ffmpeg
 * makes all of it quieter, until nothing could ever be too loud: the same voice 7.7 dB quieter from FLAC than from AAC (run). What does
 * become too loud, as explosions in all channels at a time do, is held below the limit for so long; nothing else is changed (run: bit
 * by bit below it).
 */
export const downmixFilters = (channels: number | null): string[] =>
  channels === null || channels <= 2
    ? ['aformat=channel_layouts=stereo']
    : ['aformat=sample_fmts=fltp:channel_layouts=stereo', `alimiter=limit=${LIMIT}:level=false:latency=1`]

// -1 dB, what EBU R128 asks for of peaks: encoders go a little beyond.
const LIMIT = 0.891
