import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { assertInvalid, assertProblem, callerOf, createdIn } from '../../support/call.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb({ variables: { MAX_UPLOAD_BYTES: '1000000' } })
const call = callerOf(web.url)
const { token, userId } = await web.newAccount()

const valid = { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: 1000 }

const create = (fields: object, headers: Record<string, string> = {}, as = token) =>
  call('POST', '/api/tasks', { token: as, json: { ...valid, ...fields }, headers })

describe('a new task', () => {
  test('is answered with its place, its defaults and how to upload its file', async () => {
    const answer = await create({})
    const { task, upload } = createdIn(answer)
    assert.equal(answer.headers.get('location'), `/api/tasks/${task.id}`)
    assert.deepEqual(
      { ...task, id: '', createdAt: '' },
      {
        id: '',
        status: 'awaiting_upload',
        progress: 0,
        ...valid,
        sourceTaskId: null,
        preset: 'league',
        options: {},
        attempts: 0,
        error: null,
        source: null,
        outputs: [],
        poster: null,
        storyboard: null,
        createdAt: '',
        queuedAt: null,
        startedAt: null,
        finishedAt: null,
      },
    )
    assert.deepEqual([upload?.type, upload?.method], ['resumable', 'POST'])
    assert.ok(!upload?.url.includes('clip'), 'the name of the object is ours')
    const minutes = (Date.parse(upload?.expiresAt ?? '') - Date.now()) / 60_000
    assert.ok(minutes > 58 && minutes <= 60, String(minutes))
  })

  const wrong: [title: string, fields: object, pointers: string[]][] = [
    ['no size', { sizeBytes: undefined }, ['/sizeBytes']],
    ['an empty file', { sizeBytes: 0 }, ['/sizeBytes']],
    ['a size that is no whole number', { sizeBytes: 1.5 }, ['/sizeBytes']],
    ['a size as a text', { sizeBytes: '1000' }, ['/sizeBytes']],
    ['an unknown preset', { preset: 'vhs' }, ['/preset']],
    ['an unknown kind of upload', { uploadType: 'multipart' }, ['/uploadType']],
    ['a checksum of five bytes', { crc32c: 'AAAAAAA=' }, ['/crc32c']],
    ['a checksum in hexadecimal', { crc32c: 'deadbeef' }, ['/crc32c']],
    ['a file name with a folder', { fileName: '../clip.mp4' }, ['/fileName']],
    ['a file name with a Windows folder', { fileName: 'C:\\clip.mp4' }, ['/fileName']],
    ['a file name with a line break', { fileName: 'clip\r\nx-evil: 1.mp4' }, ['/fileName']],
    ['a file name with a NUL', { fileName: 'clip\u0000.mp4' }, ['/fileName']],
    ['a file name of spaces', { fileName: '   ' }, ['/fileName']],
    ['a file name of 256 characters', { fileName: `${'x'.repeat(252)}.mp4` }, ['/fileName']],
    ['a content type with a line break', { contentType: 'video/mp4;\r\n x=y' }, ['/contentType']],
    ['a content type that is none', { contentType: 'video' }, ['/contentType']],
    ['a content type of 128 characters', { contentType: `video/${'x'.repeat(122)}` }, ['/contentType']],
    ['fields that are not known', { owner: 'me', status: 'completed' }, ['/owner', '/status']],
    [
      'everything wrong at once',
      { fileName: 1, contentType: 2, sizeBytes: 'x' },
      ['/contentType', '/fileName', '/sizeBytes'],
    ],
  ]
  for (const [title, fields, pointers] of wrong) {
    test(`is refused with ${title}`, async () => {
      assertInvalid(await create(fields), pointers)
    })
  }

  test('is refused when its file is larger than the limit, and the limit is named', async () => {
    const answer = await create({ sizeBytes: 1_000_001 })
    assert.match(assertProblem(answer, 'file_too_large').detail, /1000001 bytes; at most 1000000/)
    createdIn(await create({ sizeBytes: 1_000_000 }))
  })

  for (const [title, fields, reason] of [
    ['has no extension', { fileName: 'clip' }, /no extension/],
    ['is a picture', { fileName: 'clip.PNG' }, /type \.png/],
    ['is called a text', { contentType: 'text/html; charset=utf-8' }, /text\/html/],
  ] as const) {
    test(`is refused when its file ${title}`, async () => {
      assert.match(assertProblem(await create(fields), 'unsupported_file_type').detail, reason)
    })
  }

  for (const [fileName, contentType] of [
    ['voice memo.m4a', 'audio/mp4'],
    ['song.MP3', 'audio/mpeg'],
    ['take.flac', 'audio/x-flac'],
    ['note.ogg', 'application/ogg'],
  ] as const) {
    test(`accepts ${fileName} of the type ${contentType}`, async () => {
      createdIn(await create({ fileName, contentType }))
    })
  }

  for (const fileName of [
    'Fête "été" 🎬 日本.mp4',
    "it's; filename*=UTF-8''x.mov",
    '%2e%2e%2f.mp4',
    '.mp4',
    `${'x'.repeat(251)}.mp4`,
    'a\u202egpj.mp4',
  ]) {
    test(`keeps the file name ${JSON.stringify(fileName.slice(0, 40))} as it is`, async () => {
      assert.equal(createdIn(await create({ fileName })).task.fileName, fileName)
    })
  }

  test('takes a file name without the spaces around it, and with half a character replaced', async () => {
    assert.equal(createdIn(await create({ fileName: ' clip.mp4 ' })).task.fileName, 'clip.mp4')
    const { task } = createdIn(await create({ fileName: '\ud83c.mp4' }))
    assert.equal(task.fileName, '\ufffd.mp4')
    assert.equal((await call('GET', `/api/tasks/${task.id}`, { token })).status, 200)
  })

  test('takes a file whose type its client does not know, and a type with parameters', async () => {
    createdIn(await create({ contentType: 'application/octet-stream' }))
    createdIn(await create({ contentType: 'video/mp4; codecs="avc1.42E01E"' }))
  })
})

describe('an Idempotency-Key', () => {
  const keyed = (key: string, fields: object = {}, as = token) => create(fields, { 'idempotency-key': key }, as)

  const hashOf = async (fields: object): Promise<string> => {
    const key = randomUUID()
    createdIn(await keyed(key, fields))
    const kept = await web.db.selectFrom('idempotencyKeys').select('bodyHash').where('key', '=', key).execute()
    return kept.map(({ bodyHash }) => bodyHash.toString('hex')).join()
  }

  test('is kept with the hash by which the first release, which had no options, knew the same request', async () => {
    // Made by the first release.
    const plain = 'f470ac0b5de5ab0053063eb09d8739d1251249750513f8072a69a52a2b7ac7e1'
    assert.equal(await hashOf({}), plain)
    assert.equal(await hashOf({ options: {} }), plain)
    assert.equal(
      await hashOf({ uploadType: 'single', crc32c: 'AAAAAA==', preset: 'mp4-720p' }),
      '62eeff2cd7b945bf9d3ca976be24c282aae4f0999bffb84ef8b4865eb0dd012d',
    )
  })

  test('is another request with other options', async () => {
    const key = randomUUID()
    const trimmed = { preset: 'mp4-720p', options: { trim: { durationSeconds: 1 } } }
    const { task } = createdIn(await keyed(key, trimmed))
    assert.equal(createdIn(await keyed(key, trimmed)).task.id, task.id)
    assertProblem(await keyed(key, { preset: 'mp4-720p' }), 'idempotency_key_reused')
  })
  const count = async () =>
    (await web.db.selectFrom('tasks').select('id').where('userId', '=', userId).execute()).length

  test('makes a repeated request answer with the same task and status, and say so', async () => {
    const key = randomUUID()
    const first = await keyed(key)
    const before = await count()
    const again = await call('POST', '/api/tasks', {
      token,
      headers: { 'idempotency-key': key },
      json: { sizeBytes: valid.sizeBytes, contentType: valid.contentType, fileName: valid.fileName, preset: 'league' },
    })
    assert.deepEqual(createdIn(again).task, createdIn(first).task)
    assert.equal(first.headers.get('idempotent-replayed'), null)
    assert.equal(again.headers.get('idempotent-replayed'), 'true')
    assert.equal(again.headers.get('location'), first.headers.get('location'))
    assert.equal(createdIn(again).upload?.method, 'POST')
    assert.equal(await count(), before)
  })

  test('is refused for another body', async () => {
    const key = randomUUID()
    createdIn(await keyed(key))
    const before = await count()
    assertProblem(await keyed(key, { sizeBytes: 1001 }), 'idempotency_key_reused')
    assert.equal(await count(), before)
  })

  test('of six requests at the same time makes one task', async () => {
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 6 }, () => keyed(key)))
    assert.equal(new Set(answers.map((answer) => createdIn(answer).task.id)).size, 1)
    assert.equal(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true').length, 5)
  })

  test('of another user is another key', async () => {
    const key = randomUUID()
    const mine = createdIn(await keyed(key))
    const theirs = await keyed(key, {}, (await web.newAccount()).token)
    assert.notEqual(createdIn(theirs).task.id, mine.task.id)
    assert.equal(theirs.headers.get('idempotent-replayed'), null)
  })

  test('is not used up by a request that was refused', async () => {
    const key = randomUUID()
    assertProblem(await keyed(key, { fileName: 'clip.png' }), 'unsupported_file_type')
    assert.equal((await keyed(key)).headers.get('idempotent-replayed'), null)
  })

  test('makes a new task when the first one was deleted', async () => {
    const key = randomUUID()
    const { task } = createdIn(await keyed(key))
    await call('DELETE', `/api/tasks/${task.id}`, { token })
    assert.notEqual(createdIn(await keyed(key)).task.id, task.id)
  })

  test('gives no upload URL for a task that waits no more', async () => {
    const key = randomUUID()
    const { task } = createdIn(await keyed(key))
    await call('POST', `/api/tasks/${task.id}/cancel`, { token })
    const again = createdIn(await keyed(key))
    assert.deepEqual([again.task.status, again.upload], ['cancelled', null])
  })

  test('with spaces or of 256 characters is refused', async () => {
    for (const key of ['a b', 'x'.repeat(256), '']) assertInvalid(await keyed(key), [''])
  })
})
