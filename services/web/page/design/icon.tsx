// Drawn for 24 by 24, in strokes.
const PATHS = {
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8 5.5v13M16 5.5v13',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  alert: 'M12 8v5M12 16.5v.01M10.3 4.2 2.8 17.5A2 2 0 0 0 4.5 20.5h15a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z',
  clock: 'M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  upload: 'M12 16V5M7 9.5l5-5 5 5M5 20h14',
  retry: 'M4.5 12a7.5 7.5 0 1 0 2.6-5.7M7.5 3v4h-4',
  trash: 'M5 7h14M10 7V4.5h4V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5',
  again: 'M4 8h12l-3-3.5M20 16H8l3 3.5',
  film: 'M4 5h16v14H4zM8 5v14M16 5v14M4 9.7h4M4 14.3h4M16 9.7h4M16 14.3h4',
  picture: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.2v.01',
  sound: 'M4 10v4h3.5L12 18V6l-4.5 4zM15.5 9.5a3.5 3.5 0 0 1 0 5M18 7a7 7 0 0 1 0 10',
  muted: 'M4 10v4h3.5L12 18V6l-4.5 4zM16 10l4.5 4.5M20.5 10 16 14.5',
  expand: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  shrink: 'M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5',
  shield:
    'M12 3.5l7.5 2.7V12c0 4.4-3 7.3-7.5 8.7C7.500 19.300 4.500 16.400 4.500 12V6.200zM8.500 12l2.500 2.500 4.500-4.500',
  target: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM16.500 12a4.500 4.500 0 1 1-9 0 4.500 4.500 0 0 1 9 0zM12 12v.01',
  user: 'M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM4.500 20.500c.8-4 3.800-6 7.500-6s6.700 2 7.500 6',
  chevron: 'M6 9.500l6 6 6-6',
} as const

export type IconName = keyof typeof PATHS

/** A sign that stands beside words, or in a button with a name: it says nothing by itself. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
)
