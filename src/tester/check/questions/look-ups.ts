import { CouldNotTell } from '../api'
import { isTaken, taken } from '../lab'
import type { Lab } from '../lab'
import type { Question } from '../question'

/** Whom a look-up finds. */
export function lookUpQuestions(lab: Lab): Question[] {
  return [
    {
      variants: ['phonesComparedAsWritten'],
      async ask() {
        const phone = await lab.newPhone()
        const spelled = phone.replace(/^\+1(...)(...)/, '+1 ($1) $2-')
        const id = await lab.create({ externalId: lab.newExternalId(), phones: [{ phone: spelled }] })
        const isFound = (await lab.findSoon('phone', phone))?.id === id
        const double = await lab.tryToCreate({ externalId: lab.newExternalId(), phones: [{ phone }] })
        const saw = `written ${spelled}: looked up as ${phone}, ${foundOrNot(
          isFound
        )}; a second customer with ${phone} ${taken(double)}`
        return { saw, ...(isFound && !isTaken(double) ? {} : { holds: 'phonesComparedAsWritten' }) }
      }
    },
    {
      variants: ['lookUpFindsShared'],
      async ask() {
        const own = lab.newEmail()
        const email = lab.newEmail()
        const phone = await lab.newPhone()
        const shared = { sharedEmails: [{ email }], sharedPhones: [{ phone }] }
        await lab.create({ externalId: lab.newExternalId(), emails: [{ email: own }], ...shared })
        if (!(await lab.findSoon('email', own))) {
          throw new CouldNotTell('a look-up by their own email does not find a new customer')
        }
        const [byEmail, byPhone] = [await lab.find('email', email), await lab.find('phone', phone)]
        const saw = `by a shared email ${foundOrNot(byEmail)}, by a shared phone ${foundOrNot(byPhone)}`
        return { saw, ...(byEmail || byPhone ? { holds: 'lookUpFindsShared' } : {}) }
      }
    }
  ]
}

function foundOrNot(found: unknown): string {
  return found ? 'found' : 'not found'
}
