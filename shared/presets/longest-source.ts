/** Of a source as much may be used. Twice what a long day of filming gives; above it nobody has tried. */
export const LONGEST_SOURCE_SECONDS = 12 * 3600
