import { execFile } from 'node:child_process'
import { mkdir, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const WORKSPACES = { shared: 'shared', web: 'services/web', batch: 'services/batch', local: 'infra/local' }

/**
 * Lays the tree of a commit into `directory`, with this repository's packages linked into it. The workspaces are its own: a link
 * to the whole of node_modules would lead back here.
 */
export const layPlainTree = async (root: string, commit: string, directory: string): Promise<void> => {
  await mkdir(join(directory, 'node_modules/@reelway'), { recursive: true })
  const archive = join(directory, 'tree.tar')
  await run('git', ['-C', root, 'archive', '--output', archive, commit])
  await run('tar', ['-xf', archive, '-C', directory])
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@reelway') await symlink(join(root, 'node_modules', name), join(directory, 'node_modules', name))
  }
  for (const [name, path] of Object.entries(WORKSPACES)) {
    await symlink(join(directory, path), join(directory, 'node_modules/@reelway', name))
  }
  // npm keeps a version there that differs from the root's.
  await symlink(join(root, 'services/web/node_modules'), join(directory, 'services/web/node_modules'))
}
