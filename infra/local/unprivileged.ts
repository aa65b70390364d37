import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How to run a program that refuses to run as root: what to put before its name, and who will own its files. */
export type Unprivileged = { command: string[]; ids: { uid: number; gid: number } | undefined }

const SETPRIV = '/usr/bin/setpriv'

/**
 * PostgreSQL refuses to run as root (initdb, "cannot be run as root"). For root it runs as nobody, who keeps the right to pass
 * through folders that are root's alone, such as a clone below /root. Anybody else simply runs it. Throws when root has no
 * setpriv (util-linux) to change the user with.
 */
export const unprivileged = async (): Promise<Unprivileged> => {
  if (process.getuid?.() !== 0) return { command: [], ids: undefined }
  await access(SETPRIV).catch((cause: unknown) => {
    throw new Error('PostgreSQL does not run as root. Install util-linux (setpriv), or run this as another user.', {
      cause,
    })
  })
  const uid = Number((await run('id', ['-u', 'nobody'])).stdout)
  const gid = Number((await run('id', ['-g', 'nobody'])).stdout)
  return {
    command: [
      SETPRIV,
      // access(2) would take the capability away again for the time of its check (man 7 capabilities, securebits).
      '--securebits=+no_setuid_fixup',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
      '--',
    ],
    ids: { uid, gid },
  }
}
