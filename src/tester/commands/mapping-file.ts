import { readFileSync } from 'node:fs'
import type { JSONObject } from '@segment/actions-core'
import { mappingProblems, unknownFields } from '../delivery/mapping'

/**
 * The mapping in a file.
 *
 * @param action whose fields it maps; undefined where the presets choose
 * @throws an error that says what is wrong: no file, no JSON, no mapping, or fields that there are not
 */
export function readMapping(file: string, action: string | undefined): JSONObject {
  const mapping = parsed(file)
  if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping)) {
    throw new Error(`${file} is not a mapping: it is an object whose keys are fields.`)
  }
  const problems = Object.entries(mappingProblems(mapping as JSONObject))
  if (problems.length > 0) {
    throw new Error(
      [`${file} is not a mapping:`, ...problems.map(([field, words]) => `  ${field}: ${words}`)].join('\n')
    )
  }
  const unknown = unknownFields(mapping as JSONObject, action)
  if (unknown.length > 0) {
    const whose = action === undefined ? 'no action has' : `${action} does not have`
    throw new Error(`${file} maps fields that ${whose}: ${unknown.join(', ')}`)
  }
  return mapping as JSONObject
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} is not a mapping: ${(error as Error).message}`, { cause: error })
  }
}
