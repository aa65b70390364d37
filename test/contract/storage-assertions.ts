import assert from 'node:assert/strict'

/** An XML API answer has this error code, and this status. */
export const assertXmlError = async (response: Response, code: string, status: number): Promise<void> => {
  const text = await response.text()
  assert.equal(/<Code>(\w+)<\/Code>/.exec(text)?.[1], code, `status ${response.status}, body: ${text}`)
  assert.equal(response.status, status)
  assert.match(text, /^<\?xml version='1\.0' encoding='UTF-8'\?><Error>/)
}

/** A call of Google's client fails with this code. */
export const assertFails = async (call: Promise<unknown>, code: number): Promise<void> => {
  await assert.rejects(call, (error: unknown) => {
    assert.equal(error instanceof Error && 'code' in error ? Number(error.code) : error, code)
    return true
  })
}

/** A body whose every byte depends on its place, so that a byte too few or too many shows. */
export const numberedBytes = (size: number): Buffer => {
  const bytes = Buffer.alloc(size)
  for (let at = 0; at < size; at += 1) bytes[at] = (at * 31 + (at >> 8) * 17 + (at >> 16) * 7) & 0xff
  return bytes
}
