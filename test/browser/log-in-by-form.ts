import type { Page } from 'playwright-core'
import { PASSWORD } from '../support/browser.ts'

/** Fills in the form that the page shows to nobody, and sends it. */
export const logInByForm = async (page: Page, login: string, password = PASSWORD): Promise<void> => {
  await page.getByRole('textbox', { name: /^(E-mail or user name|Correo o nombre de usuario)/ }).fill(login)
  await page.getByLabel(/^(Password|Contraseña)$/).fill(password)
  await page.getByRole('button', { name: /^(Log in|Iniciar sesión)$/ }).click()
}
