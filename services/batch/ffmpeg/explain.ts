import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'

/** How a run of ffmpeg or ffprobe went wrong, as its process left it. */
export type Exit = { exitCode: number | null; signalName: string | null; stderrTail: string }

// ffmpeg's own exit code when more frames could not be decoded than its maximum error rate allows.
const TOO_MANY_DECODING_ERRORS = 69

/** In order: the first that matches explains the failure. What is ours comes before what the file may have caused. */
const explanations: readonly (readonly [RegExp, ErrorCode])[] = [
  [/No space left on device/, 'out_of_disk'],
  [/Unknown encoder '/, 'encoder_missing'],
  // ffmpeg calls this "Cannot allocate memory" as well.
  [/exceeds max_streams/, 'not_a_video'],
  // The file could not even be opened: a table in it announces more entries than any memory holds.
  [/http:\S+: Cannot allocate memory\s*$/, 'not_a_video'],
  // More than one program may have (hardening.ts), wherever it runs and however often: it is the file that asks for it.
  [/Cannot allocate memory/, 'source_undecodable'],
  [/exceeds specified max pixel count|Picture size \d+x\d+ is invalid/, 'picture_too_large'],
  // What Matroska's demuxer calls an error of reading is the end of a file that was cut within its header.
  [/File ended prematurely[\s\S]*Input\/output error\s*$/, 'not_a_video'],
  // Reading from the first byte is out of range only when there is none.
  [/416 Range Not Satisfiable/, 'not_a_video'],
  [
    /Connection (refused|reset|timed out)|Server returned|HTTP error|Operation timed out|Input\/output error/,
    'source_unreachable',
  ],
  [/Format not on whitelist|moov atom not found/, 'not_a_video'],
  [/matches no streams|does not contain any stream/, 'no_picture'],
  [/: (Invalid data found when processing input|Invalid argument|End of file)\s*$/, 'not_a_video'],
  [
    /Decoder .*not found|Cannot determine format of input|Error while decoding|Empty output|Output file is empty/,
    'source_undecodable',
  ],
]

/**
 * The error code of a run that did not end well. Whether it is permanent is the catalogue's to say. A run that was stopped by
 * us never comes here.
 */
export const explainExit = ({ exitCode, signalName, stderrTail }: Exit): ErrorCode => {
  if (signalName !== null) return 'encoder_crashed'
  if (exitCode === TOO_MANY_DECODING_ERRORS) return 'source_undecodable'
  return explanations.find(([pattern]) => pattern.test(stderrTail))?.[1] ?? 'conversion_failed'
}

/** Whether ffprobe says that the duration it gives is a guess from the size of the file. */
export const isDurationGuessed = (stderrText: string): boolean => /Estimating duration from bitrate/.test(stderrText)

/**
 * Whether ffmpeg says that it could not write its file to the end. Its exit code does not: 5.1 answers 0 on a full disk, with a webm, mp3 or
 * GIF of no bytes (run).
 */
export const isCutOff = (stderrTail: string): boolean => /Error (writing trailer of|closing file) /.test(stderrTail)
