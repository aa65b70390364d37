import { Icon } from '../design/icon.tsx'
import { t } from '../i18n/translate.ts'
import { dismissToast, holdToast, releaseToast, takeToast, toasts } from './toast.ts'

/** What is shown for a while at the foot of the page. */
export const Toasts = () => (
  <div class="toasts" role="status">
    {toasts.value.map((toast) => (
      <div
        key={toast.id}
        class={`toast toast-${toast.kind}`}
        onPointerEnter={() => holdToast(toast)}
        onPointerLeave={() => releaseToast(toast)}
        onFocusIn={() => holdToast(toast)}
        onFocusOut={() => releaseToast(toast)}
      >
        <span>{toast.text}</span>
        {toast.action !== undefined && (
          <button
            type="button"
            class="toast-action"
            onClick={() => {
              takeToast(toast)
              toast.action?.run()
            }}
          >
            {toast.action.label}
          </button>
        )}
        <button type="button" class="icon-button" aria-label={t('shell.dismiss')} onClick={() => dismissToast(toast)}>
          <Icon name="close" />
        </button>
      </div>
    ))}
  </div>
)
