/**
 * The argv of a conversion, made to read a local file instead of our loopback source: the same work for a bare ffmpeg. Only
 * what belongs to HTTP is changed.
 */
export const bareArgs = (argv: readonly string[], sourceUrl: string, sourcePath: string): string[] => {
  const timeout = argv.indexOf('-rw_timeout')
  return argv
    .filter((_, index) => timeout === -1 || (index !== timeout && index !== timeout + 1))
    .map((argument) => {
      if (argument === sourceUrl) return `file:${sourcePath}`
      return argument === 'http,tcp' ? 'file' : argument
    })
}
