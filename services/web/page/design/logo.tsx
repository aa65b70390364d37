/** The mark, a reel whose film runs out into a way, and the name beside it. */
export const Logo = () => (
  <span class="logo">
    <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect class="logo-ground" width="64" height="64" rx="14" />
      <g class="logo-lines">
        <circle cx="29" cy="28" r="17.5" stroke-width="5" />
        <path d="M29 51.5H52" stroke-width="7" stroke-linecap="round" />
      </g>
      <g class="logo-holes">
        <circle cx="29" cy="19" r="3.6" />
        <circle cx="37.6" cy="25.2" r="3.6" />
        <circle cx="34.3" cy="35.3" r="3.6" />
        <circle cx="23.7" cy="35.3" r="3.6" />
        <circle cx="20.4" cy="25.2" r="3.6" />
      </g>
      <path class="logo-play" d="M27 24.8 32.4 28 27 31.2Z" />
    </svg>
    Reelway
  </span>
)
