import { t } from '../i18n/translate.ts'
import { notifications, switchNotifications } from './notifications.ts'

/** Whether the browser tells when a video is ready. Not there in browsers that cannot. */
export const NotifySwitch = () => {
  const { value } = notifications
  if (value === 'unsupported') return null
  return (
    <label class="menu-item switch">
      <input type="checkbox" checked={value === 'on'} disabled={value === 'blocked'} onChange={switchNotifications} />
      <span>{value === 'blocked' ? t('shell.notifyBlocked') : t('shell.notify')}</span>
    </label>
  )
}
