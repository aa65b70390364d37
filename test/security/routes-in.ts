/** What is in a router of Express, and in those below it: each method of each path. */
export const routesIn = (router: object): string[] =>
  listOf(router, 'stack').flatMap((layer) => {
    const route: unknown = Reflect.get(layer, 'route')
    if (typeof route === 'object' && route !== null) {
      const paths = [Reflect.get(route, 'path')].flat()
      // What takes every method is `allow`, which answers 405.
      const methods = listOf(route, 'stack').map((handler) => Reflect.get(handler, 'method'))
      return paths.flatMap((path) =>
        methods.filter((method) => typeof method === 'string').map((method) => `${method.toUpperCase()} ${path}`),
      )
    }
    const handle: unknown = Reflect.get(layer, 'handle')
    return typeof handle === 'function' ? routesIn(handle) : []
  })

const listOf = (holder: object, key: string): object[] => {
  const list: unknown = Reflect.get(holder, key)
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'object' && entry !== null) : []
}
