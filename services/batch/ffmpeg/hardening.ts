/**
 * What an unknown file may make ffmpeg and ffprobe do. Both read the same bytes with the same demuxers, so both get the same
 * options, always before the input.
 */

/** 8192x4320, the largest level of H.264 and HEVC: 16000x8000 in a 377 kB file took 700 MiB and 4 s to decode (run). */
export const MAX_PIXELS = 35_389_440

// Real files have a few; each costs memory and a decoder before we look at it.
const MAX_STREAMS = 64

// One number above everything the loopback source needs for its own retries; without any, a stalled read ignores SIGTERM.
const READ_TIMEOUT_MICROSECONDS = 60_000_000

/** The demuxers of what people upload, by ffmpeg's names. Playlists, picture sequences and subtitles are not among them. */
const DEMUXERS = [
  ...['mov,mp4,m4a,3gp,3g2,mj2', 'matroska,webm', 'mpegts', 'mpeg', 'avi', 'flv', 'asf', 'ogg', 'mxf', 'dv'],
  // Pictures that move, and sound alone. None of them opens anything but the file itself.
  ...['gif', 'apng'],
  ...['mp3', 'flac', 'wav', 'aac', 'aiff', 'amr', 'caf', 'ac3', 'eac3', 'wv'],
].join(',')

/** The options in front of an untrusted source that is read over HTTP from our loopback server. */
export const untrustedInput: readonly string[] = [
  // No other files, and no other protocols. It allows HTTP to anywhere: what keeps a file from leading there is that no demuxer
  // on the list below follows addresses, and that childEnvironment leaves only loopback.
  ...['-protocol_whitelist', 'http,tcp'],
  // A playlist named .mp4 is detected by its content and followed whatever the protocols are; only this list stops it (run).
  ...['-format_whitelist', DEMUXERS],
  ...['-max_pixels', String(MAX_PIXELS)],
  ...['-max_streams', String(MAX_STREAMS)],
  ...['-rw_timeout', String(READ_TIMEOUT_MICROSECONDS)],
]

/**
 * The options in front of a picture of the user's, read over HTTP from our loopback server. SVG, which is drawn by a library that
 * follows addresses, playlists and numbered files are other demuxers.
 */
export const untrustedPicture: readonly string[] = [
  ...['-protocol_whitelist', 'http,tcp'],
  ...['-format_whitelist', 'png_pipe,jpeg_pipe,webp_pipe'],
  ...['-max_pixels', String(MAX_PIXELS)],
  ...['-rw_timeout', String(READ_TIMEOUT_MICROSECONDS)],
]

/** The options in front of a picture of ours on disk. */
export const ownPictureInput: readonly string[] = ['-protocol_whitelist', 'file', '-format_whitelist', 'png_pipe']

/** The options in front of a cover of ours on disk. */
export const ownCoverInput: readonly string[] = ['-protocol_whitelist', 'file', '-f', 'jpeg_pipe']

/** The options in front of a result of ours on disk that is checked. */
export const ownResultInput: readonly string[] = [
  ...['-protocol_whitelist', 'file'],
  ...['-format_whitelist', 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,gif,mp3,ogg,flac'],
]

/**
 * The whole environment of a child: no credentials, messages in English. A proxy on a port where nobody listens, for all hosts
 * but loopback: should a file ever lead ffmpeg to another host, such as the metadata server, it gets no further, not even to a
 * look-up of its name (run). And no converters of character sets: MPEG-TS has the name of its service converted, for which a
 * statically linked program loads the system's shared libraries and crashes (run with @ffprobe-installer 5.2.0 on Debian 12;
 * ffmpeg-static is linked the same way). Nobody reads that name here.
 */
export const childEnvironment: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  AV_LOG_FORCE_NOCOLOR: '1',
  http_proxy: 'http://127.0.0.1:1',
  no_proxy: '127.0.0.1',
  GCONV_PATH: '/nonexistent',
  // Errors only: SVT-AV1 writes twenty lines of settings, and we keep the last words alone.
  SVT_LOG: '1',
}

/**
 * The most memory that one program may ask for. The largest picture that is accepted takes up to 3 GB (infra/gcp/run/batch.yaml),
 * the stacks of its threads some hundred MB more, and an instance has 8 GiB, of which 2 GB are the result's.
 */
const MEMORY_LIMIT_KILOBYTES = 4 * 1024 * 1024

/**
 * What to start so that a program is refused more memory than one may have: a file that makes it ask for more then fails by
 * itself, instead of the instance with whatever else it does. A shell sets the limit and becomes the program; it reads nothing
 * of argv. Systems without such a limit (macOS) ignore it.
 */
export const withinMemory = (binary: string, argv: readonly string[]): { file: string; args: string[] } => ({
  file: '/bin/sh',
  args: ['-c', 'ulimit -d "$0" && exec "$@"', String(MEMORY_LIMIT_KILOBYTES), binary, ...argv],
})

/** The error of a program that the shell of withinMemory could not become (POSIX's exit codes), as spawn would have given it. */
export const startError = (binary: string, exitCode: number | null): Error | undefined => {
  const code = exitCode === 127 ? 'ENOENT' : exitCode === 126 ? 'EACCES' : undefined
  return code === undefined ? undefined : Object.assign(new Error(`${binary} cannot be started: ${code}`), { code })
}
