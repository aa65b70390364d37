import type { Page } from 'playwright-core'

/** A script for documents: the page asks for files by an input element, whose chooser a test can fill in, as in browsers without handles. */
export const PICK_BY_INPUT = `for (const name of ['showOpenFilePicker', 'showDirectoryPicker']) Reflect.deleteProperty(window, name)`

/** Picks files by the page's button, or all that is in a folder, as a person does. For pages with PICK_BY_INPUT. */
export const giveFiles = async (
  page: Page,
  paths: string | string[],
  button: 'Choose videos' | 'Choose a folder' = 'Choose videos',
): Promise<void> => {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button }).click()
  await (await chooser).setFiles(paths)
}
