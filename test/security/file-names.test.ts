import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { assertInvalid, callerOf, createdIn, taskIn } from '../support/call.ts'
import { completedTask } from '../support/completed-task.ts'
import { startTestWeb } from '../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token, userId } = await web.newAccount()

const create = (fileName: string) =>
  call('POST', '/api/tasks', { token, json: { fileName, contentType: 'video/mp4', sizeBytes: 1000 } })

describe('a file name', () => {
  const refused: [what: string, fileName: string][] = [
    ['a line break and a header', 'a.mp4\r\nset-cookie: admin=1'],
    ['a line feed', 'a\nb.mp4'],
    ['a carriage return', 'a\rb.mp4'],
    ['NUL, and another extension before it', 'a.exe\0.mp4'],
    ['DEL', 'a\x7f.mp4'],
    ['a line break of the upper half (NEL)', 'a\x85b.mp4'],
    ['a folder above', '../../etc/passwd.mp4'],
    ['a folder above, for Windows', '..\\..\\boot.mp4'],
    ['an absolute path', '/etc/passwd.mp4'],
    ['another address', 'https://evil.example/a.mp4'],
    ['256 characters', `${'x'.repeat(252)}.mp4`],
  ]
  for (const [what, fileName] of refused) {
    test(`with ${what} is refused`, async () => {
      assertInvalid(await create(fileName), ['/fileName'])
    })
  }

  // What a browser may make of the answer: exactly one disposition, with exactly this name.
  const kept: [what: string, fileName: string, saved: string][] = [
    ['quotes that would end the parameter', 'a"; filename="evil.exe"; x=".mp4', 'a"; filename="evil.exe"; x=".mp4'],
    ['a parameter of its own', "a; filename*=UTF-8''evil.exe; x.mp4", "a; filename*=UTF-8''evil.exe; x.mp4"],
    ['an encoded line break', 'a%0d%0aset-cookie: b=1.mp4', 'a%0d%0aset-cookie: b=1.mp4'],
    ['encoded folders', '%2e%2e%2f%2e%2e%2fetc.mp4', '%2e%2e%2f%2e%2e%2fetc.mp4'],
    ['dots alone', '...mp4', '...mp4'],
    ['a parameter for the storage', 'a&response-content-type=text.mp4', 'a&response-content-type=text.mp4'],
    [
      'what a shell, a template and a page would run',
      "$(id)`id`{{7*7}}<svg onload=alert(1)>'.mp4",
      "$(id)`id`{{7*7}}<svg onload=alert(1)>'.mp4",
    ],
    ['a formula', '=1+1|cmd.mp4', '=1+1|cmd.mp4'],
    ['a line separator (U+2028)', 'a\u2028b.mp4', 'a\u2028b.mp4'],
    ['letters that change the direction', 'a\u202egnp.\u2066b\u2069.mp4', 'agnp.b.mp4'],
    ['emoji of several code points', '👩‍👩‍👧‍👦🏳️‍🌈.mp4', '👩‍👩‍👧‍👦🏳️‍🌈.mp4'],
    ['255 characters', `${'ü'.repeat(251)}.mp4`, `${'ü'.repeat(251)}.mp4`],
    ['a word of JavaScript', '__proto__.mp4', '__proto__.mp4'],
  ]
  for (const [what, fileName, saved] of kept) {
    test(`with ${what} is in no object's name, and adds nothing to the answer of a download`, async () => {
      const { task, upload } = createdIn(await create(fileName))
      assert.equal(task.fileName, fileName)
      assert.equal(
        new URL(upload?.url ?? '').pathname,
        `/${web.deps.config.UPLOADS_BUCKET}/${sourceObjectName(task.id)}`,
      )
      for (const value of Object.values(upload?.headers ?? {})) assert.match(value, /^[\w/,]+$/)

      const { id, objectName } = await completedTask(web, userId, { fileName, bytes: Buffer.from('result') })
      const [output] = taskIn(await call('GET', `/api/tasks/${id}`, { token })).outputs
      assert.ok(output)
      assert.equal(new URL(output.url).pathname, `/${web.deps.config.OUTPUTS_BUCKET}/${objectName}`)
      const download = await fetch(output.url)
      assert.equal(await download.text(), 'result')
      assert.deepEqual(savedName(download.headers.get('content-disposition') ?? ''), saved)
      assert.equal(download.headers.get('content-type'), 'video/mp4')
      for (const name of ['set-cookie', 'location', 'refresh', 'x'])
        assert.equal(download.headers.get(name), null, name)
    })
  }
})

/**
 * The name that RFC 6266 reads from a Content-Disposition: that of `filename*` before that of `filename`, each allowed once. Throws
 * for any other parameter, and for what is not of the grammar.
 */
const savedName = (disposition: string): string => {
  let rest = disposition.replace(/^attachment/, '')
  assert.notEqual(rest, disposition)
  const found = new Map<string, string>()
  while (rest !== '') {
    const match = /^; ([a-z]+\*?)=(?:"((?:[^"\\]|\\.)*)"|([^\s";,]+))/.exec(rest)
    assert.ok(match, `${rest} in ${disposition}`)
    const [whole, name = '', quoted, plain] = match
    assert.ok(!found.has(name), `${name} twice in ${disposition}`)
    found.set(name, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '')
    rest = rest.slice(whole.length)
  }
  assert.deepEqual(
    [...found.keys()].filter((name) => !['filename', 'filename*'].includes(name)),
    [],
  )
  const extended = /^UTF-8''(.*)$/.exec(found.get('filename*') ?? '')?.[1]
  return extended === undefined ? (found.get('filename') ?? '') : decodeURIComponent(extended)
}
