import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

type ButtonProps = {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  type?: 'button' | 'submit'
  icon?: IconName | undefined
  /** it works on what was asked for: it stays in focus, and cannot be pressed again */
  busy?: boolean
  disabled?: boolean
  /** for who does not see what it belongs to; begins with what is written on it */
  label?: string
  onClick?: (event: MouseEvent) => void
  children: ComponentChildren
}

/** A button with words on it. */
export const Button = ({
  kind = 'plain',
  type = 'button',
  icon,
  busy = false,
  disabled = false,
  label,
  onClick,
  children,
}: ButtonProps) => (
  <button
    type={type}
    class={`button button-${kind}`}
    aria-label={label}
    aria-disabled={busy || undefined}
    disabled={disabled}
    onClick={(event) => {
      if (busy) event.preventDefault()
      else onClick?.(event)
    }}
  >
    {busy ? <span class="spinner" aria-hidden="true" /> : icon !== undefined && <Icon name={icon} />}
    <span>{children}</span>
  </button>
)
