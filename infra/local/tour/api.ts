/** Makes the calls of the tour and prints each as it goes over the wire, so that the demo shows how to use the API. */
export class Api {
  readonly #base: string
  #accessToken: string | undefined

  constructor(base: string) {
    this.#base = base
  }

  /** All calls from here on are made with this token. */
  authorise(accessToken: string): void {
    this.#accessToken = accessToken
  }

  /** One call with a JSON answer. Throws with the API's own explanation when it is refused. */
  async call(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<unknown> {
    const startedAt = performance.now()
    const response = await this.request(method, path, body, headers)
    const text = await response.text()
    console.log(`  ${method} ${path} → ${response.status} (${Math.round(performance.now() - startedAt)} ms)`)
    if (!response.ok) throw new Error(`${method} ${path} was refused: ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  /** One call, without printing it. */
  request(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(new URL(path, this.#base), {
      method,
      headers: {
        ...(this.#accessToken !== undefined && { authorization: `Bearer ${this.#accessToken}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }
}
