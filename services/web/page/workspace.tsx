import { TaskList } from './tasks/task-list.tsx'

/** What who is logged in works with: what they add, and what has become of it. */
export const Workspace = () => (
  <main id="content">
    <h1 class="unseen">Reelway</h1>
    <TaskList />
  </main>
)
