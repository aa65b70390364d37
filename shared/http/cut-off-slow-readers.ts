import type { Server } from 'node:http'

/**
 * Closes the connection of a client that has not taken its whole answer `seconds` after the answer was ready: until then it is
 * kept in memory. How long the answer takes to be made does not count, and an idle connection is not touched. To be called before the server
 * has its app: an answer that is ready at once must be seen, too.
 */
export const cutOffSlowReaders = (server: Server, seconds: number): void => {
  server.on('request', (_request, response) => {
    response.once('prefinish', () => {
      const late = setTimeout(() => response.destroy(), seconds * 1000).unref()
      response.once('close', () => clearTimeout(late))
    })
  })
}
