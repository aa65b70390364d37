import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { Icon } from './icon.tsx'

/**
 * A modal dialog while it is drawn; the browser keeps the focus in it, and gives it back. `onClose` is called for Escape, the cross and a
 * click beside it; without it there is no way out but through: when Escape is pressed again, Chromium closes it without asking, and it is
 * opened anew.
 */
export const Dialog = (props: {
  title: string
  /** for a few words or fields, for a long form, or for pictures */
  size?: 'small' | 'form' | 'wide'
  onClose?: () => void
  children: ComponentChildren
}) => {
  const { title, size = 'small', onClose, children } = props
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const before = document.activeElement
    element.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Escape, which arrives as cancel
    <dialog
      ref={element}
      class={`dialog dialog-${size}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // That of a file chooser in it bubbles.
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        if (event.defaultPrevented) onClose?.()
      }}
      onClose={(event) => {
        if (onClose === undefined) event.currentTarget.showModal()
        else onClose()
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose?.()
      }}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          {onClose !== undefined && (
            <button type="button" class="icon-button" aria-label={t('shell.close')} onClick={onClose}>
              <Icon name="close" />
            </button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  )
}
