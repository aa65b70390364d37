import type { Recipe } from '../recipe.ts'
import { codecRecipes } from './codecs.ts'
import { colourRecipes } from './colours.ts'
import { deviceRecipes } from './devices.ts'
import { fieldRecipes } from './fields.ts'
import { highRangeRecipes } from './high-range.ts'
import { recordingRecipes } from './recordings.ts'
import { soundSourceRecipes } from './sounds.ts'
import { timeRecipes } from './times.ts'
import { turnedRecipes } from './turned.ts'

/** The clips of every kind of video in the tables of sources. */
export const sourceRecipes = {
  ...turnedRecipes,
  ...soundSourceRecipes,
  ...recordingRecipes,
  ...timeRecipes,
  ...colourRecipes,
  ...highRangeRecipes,
  ...fieldRecipes,
  ...codecRecipes,
  ...deviceRecipes,
} as const satisfies Record<string, Recipe>
