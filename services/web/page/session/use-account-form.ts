import { useSignal } from '@preact/signals'
import { explainError } from '../api/explain-error.ts'
import type { ErrorText } from '../i18n/error-texts.ts'
import type { TextKey } from '../i18n/language.ts'
import { spoken } from '../i18n/language.ts'
import type { AccountField } from './check-account.ts'

/**
 * What a form of an account does: `check` says what is wrong before `send` is tried, and the focus goes to the first field that is wrong, or
 * to the error that came back.
 */
export const useAccountForm = (check: () => Partial<Record<AccountField, TextKey>>, send: () => Promise<void>) => {
  const faults = useSignal<Partial<Record<AccountField, TextKey>>>({})
  const error = useSignal<ErrorText | undefined>(undefined)
  const busy = useSignal(false)

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget instanceof HTMLFormElement ? event.currentTarget : undefined
    if (busy.value) return
    faults.value = check()
    error.value = undefined
    const first = Object.keys(faults.value)[0]
    if (first !== undefined) {
      const field = form?.elements.namedItem(first)
      if (field instanceof HTMLInputElement) field.focus()
      return
    }
    busy.value = true
    try {
      await send()
    } catch (caught) {
      error.value = explainError(caught)
      requestAnimationFrame(() => form?.querySelector<HTMLElement>('[role=alert]')?.focus())
    } finally {
      busy.value = false
    }
  }

  return {
    submit,
    busy,
    error,
    faultOf: (field: AccountField): string | undefined => {
      const key = faults.value[field]
      const text = key === undefined ? undefined : spoken.value.texts[key]
      return typeof text === 'string' ? text : undefined
    },
  }
}
