import type { Recipe } from '../recipe.ts'
import { timeRecipes } from './times.ts'
import { turnedRecipes } from './turned.ts'

/** The clips of every kind of video in the tables of sources. */
export const sourceRecipes = { ...turnedRecipes, ...timeRecipes } as const satisfies Record<string, Recipe>
