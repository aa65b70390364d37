import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

/** What went wrong or has to be known, and what to do about it. It can take the focus. */
export const Notice = (props: {
  kind: 'bad' | 'info'
  title: string
  detail?: string
  children?: ComponentChildren
}) => (
  <div class={`notice notice-${props.kind}`} role={props.kind === 'bad' ? 'alert' : 'status'} tabIndex={-1}>
    <Icon name={props.kind === 'bad' ? 'alert' : 'clock'} />
    <div>
      <strong>{props.title}</strong>
      {props.detail !== undefined && props.detail !== '' && <p>{props.detail}</p>}
      {props.children}
    </div>
  </div>
)
