/** Every row with REELWAY_EVERY_SOURCE=1; else every tenth, so that a run of all tests stays short. */
export const rowsInTurn = <Row>(rows: readonly Row[]): readonly Row[] =>
  process.env.REELWAY_EVERY_SOURCE === '1' ? rows : rows.filter((_, index) => index % 10 === 0)
