import { type Language, languages } from '../i18n/choose-language.ts'
import { changeLanguage, spoken } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'

// Each in its own language, whatever the page is in.
const NAMES: Record<Language, string> = { en: 'English', es: 'Español' }

/** Chooses the language of the page. */
export const LanguageSwitch = () => (
  <fieldset class="languages">
    <legend class="unseen">{t('shell.language')}</legend>
    {languages.map((language) => (
      <button
        key={language}
        type="button"
        lang={language}
        aria-label={`${language.toUpperCase()}, ${NAMES[language]}`}
        aria-pressed={spoken.value.language === language}
        onClick={() => changeLanguage(language)}
      >
        {language.toUpperCase()}
      </button>
    ))}
  </fieldset>
)
