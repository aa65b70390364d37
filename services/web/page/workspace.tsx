import { session } from './session/session.ts'
import { TaskList } from './tasks/task-list.tsx'
import { UploadArea } from './upload/upload-area.tsx'

/** What who is logged in works with: what they add, and what has become of it. */
export const Workspace = () => (
  <main id="content">
    <h1 class="unseen">Reelway</h1>
    <Uploads />
    <TaskList />
  </main>
)

const Uploads = () => {
  const { value } = session
  return value.kind === 'user' || value.kind === 'expired' ? <UploadArea userId={value.user.id} /> : null
}
