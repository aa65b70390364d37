/** How much of something is done, from 0 to 1; undefined: nobody knows yet. */
export const ProgressBar = ({ share, label }: { share: number | undefined; label: string }) => (
  <div
    class="progress"
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={share === undefined ? undefined : Math.floor(share * 100)}
  >
    <div
      class={share === undefined ? 'progress-bar progress-unknown' : 'progress-bar'}
      style={share === undefined ? undefined : { inlineSize: `${share * 100}%` }}
    />
  </div>
)
