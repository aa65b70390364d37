/** The whole page. */
export const App = () => (
  <main>
    <h1>Reelway</h1>
  </main>
)
