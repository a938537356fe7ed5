import { CouldNotTell } from '../api'
import type { Attribute } from '../attributes'
import { isTaken, taken } from '../lab'
import type { Lab } from '../lab'
import type { Question } from '../question'

/** One character more than the stricter of the two pages allows. */
const LONG_TEXT = 'x'.repeat(1025)

/** What Kustomer makes of custom attributes, and of their values. */
export function attributeQuestions(lab: Lab): Question[] {
  const attribute = async (what: string, fits: (attribute: Attribute) => boolean): Promise<string> => {
    const found = (await lab.attributes()).find(fits)
    if (!found) {
      throw new CouldNotTell(`it takes a custom attribute ${what}`)
    }
    return found.name
  }
  return [
    {
      variants: ['customTxtUnlimited'],
      async ask() {
        const name = await attribute(
          'of the type Txt that customers have',
          (each) => each.name.endsWith('Txt') && each.isPlain
        )
        const id = await lab.create({ externalId: lab.newExternalId(), custom: { [name]: 'short' } })
        const answer = await lab.tryToUpdate(id, { custom: { [name]: LONG_TEXT } })
        const saw = `${LONG_TEXT.length} characters were ${taken(answer)}`
        return { saw, ...(isTaken(answer) ? { holds: 'customTxtUnlimited' } : {}) }
      }
    },
    {
      variants: ['deletedAttributesTaken'],
      async ask() {
        const name = await attribute('of the type Str that was deleted', (each) => each.isDeleted)
        const answer = await lab.tryToCreate({ externalId: lab.newExternalId(), custom: { [name]: 'text' } })
        const saw = `${name}, which was deleted, was ${taken(answer)}`
        return { saw, ...(isTaken(answer) ? { holds: 'deletedAttributesTaken' } : {}) }
      }
    },
    {
      variants: ['dropDownsOpen'],
      async ask() {
        const name = await attribute('that is a drop-down', (each) => each.isDropDown)
        const value = lab.newExternalId()
        const answer = await lab.tryToCreate({ externalId: lab.newExternalId(), custom: { [name]: value } })
        const saw = `a value that ${name} lacks was ${taken(answer)}`
        return { saw, ...(isTaken(answer) ? { holds: 'dropDownsOpen' } : {}) }
      }
    }
  ]
}
