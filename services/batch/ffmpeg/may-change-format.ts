// Those that go on when something else is put behind them, as broadcasts and joined files do.
const MAY_CHANGE_FORMAT: ReadonlySet<string> = new Set(['mpegts', 'mpeg', 'mp3', 'aac', 'ac3', 'eac3', 'dts'])

/** Whether the sound of a source in this container may change its channels or its rate in its middle. */
export const mayChangeFormat = (container: string): boolean => MAY_CHANGE_FORMAT.has(container)
