/** Every row with REELWAY_EVERY_ROW=1; else one of each `among`, the first included, so that a run of all tests stays short. */
export const rowsInTurn = <Row>(rows: readonly Row[], among: number): readonly Row[] =>
  process.env.REELWAY_EVERY_ROW === '1' ? rows : rows.filter((_, index) => index % among === 0)
