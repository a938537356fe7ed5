import { breakagesOf, instanceOf, nulled } from './breakages'
import type { Breakage } from './breakages'
import { openSandbox, PREFIX } from './caller'
import type { Caller } from './caller'
import type { Operation } from './document'
import type { Finding } from './finding'
import { SCENES } from './scenes'
import type { Scene } from './scenes'
import type { Schema } from './schema'

const CLIENT_REF = 'under-trial'
const MAX_WORDS = 300

/** The operations of the document that the sandbox has too. */
export async function sharedOperations(operations: Operation[]): Promise<Operation[]> {
  const { sandbox } = openSandbox()
  const response = await sandbox.fetch(new Request('https://api.kustomerapp.com/openapi.json'))
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> }
  const known = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => shapeOf(method, path.replace(PREFIX, '')))
  )
  return operations.filter(({ method, path }) => known.includes(shapeOf(method, path)))
}

/** An operation whatever its parameters are called. */
function shapeOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{}')}`
}

/** Whether the sandbox takes what the schemas allow, and refuses what they refuse. */
export async function checkRefusals(operations: Operation[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const operation of operations) {
    const { body: schema, name } = operation
    const scene = SCENES[name]
    if (schema && !scene) {
      findings.push({
        operation: name,
        tried: 'nothing',
        deviations: ['no scene is set for it in conformance/scenes.ts']
      })
    } else if (schema && scene) {
      const trials = schema.type === 'array' ? [WHOLE, ITEM_BY_ITEM] : [SINGLE]
      for (const trial of trials) {
        findings.push(await checkOperation(operation, schema, scene, trial))
      }
    }
  }
  return findings
}

/** How a request is tried, and what its answer means. */
interface Trial {
  name: string
  prepare: (caller: Caller) => void
  send: (caller: Caller, method: string, path: string, body: unknown) => Promise<Outcome>
}

interface Outcome {
  /** The status, or that a bulk job failed the record. */
  answer: number | 'failed'
  /** Why, in the sandbox's words. */
  words: string
}

const send: Trial['send'] = async ({ call }, method, path, body) => outcomeOf(await call(method, path, body))

function outcomeOf({ status, body }: Awaited<ReturnType<Caller['call']>>): Outcome {
  const { errors } = (body ?? {}) as { errors?: unknown }
  return { answer: status, words: errors === undefined ? '' : JSON.stringify(errors).slice(0, MAX_WORDS) }
}

interface BatchList {
  data: Array<{ attributes: { failureCount: number; results: unknown } }>
}

const SINGLE: Trial = { name: '', prepare: () => undefined, send }

/** A bulk body may be refused as a whole where one record breaks the schema, or that record alone: both are tried. */
const WHOLE: Trial = {
  name: ', refused as a whole',
  prepare: ({ sandbox }) => {
    sandbox.setVariants({ bulkRefusesWhole: true })
  },
  send
}

const ITEM_BY_ITEM: Trial = {
  name: ', item by item',
  prepare: () => undefined,
  async send(caller, method, path, body) {
    const queued = await caller.call(method, path, body)
    if (queued.status >= 300) {
      return outcomeOf(queued)
    }
    const { id } = (queued.body as { data: { id: string } }).data
    const { body: batches } = await caller.call('GET', `/bulk/${id}/batches`)
    const { attributes } = (batches as BatchList).data[0] ?? {}
    return attributes?.failureCount === 0
      ? outcomeOf(queued)
      : { answer: 'failed', words: JSON.stringify(attributes?.results).slice(0, MAX_WORDS) }
  }
}

async function checkOperation(operation: Operation, schema: Schema, scene: Scene, trial: Trial): Promise<Finding> {
  const stage = async () => {
    const caller = openSandbox()
    const { path, hints } = await scene(caller)
    trial.prepare(caller)
    return { caller, path, body: instanceOf(schema, { _clientRef: clientRef, ...hints }), hints }
  }
  const deviations: string[] = []
  const valid: Array<[string, (body: unknown) => unknown]> = [
    ['a valid request', (body) => body],
    ['a valid request with every null that may be', (body) => nulled(schema, body)]
  ]
  for (const [name, change] of valid) {
    const { caller, path, body } = await stage()
    const { answer, words } = await trial.send(caller, operation.method, path, change(body))
    if (!isSuccess(answer)) {
      deviations.push(`${name} was answered ${answer} ${words}`)
    }
  }

  let staged = await stage()
  let breakages = breakagesOf(schema, staged.body, staged.hints)
  for (let index = 0; index < breakages.length; index += 1) {
    const { where, how, body } = breakages[index] as Breakage
    const { answer } = await trial.send(staged.caller, operation.method, staged.path, body)
    if (!isRefusal(answer)) {
      deviations.push(`${where || 'the whole'} ${how} was answered ${answer}`)
      // What was taken has changed something: on with a fresh start.
      staged = await stage()
      breakages = breakagesOf(schema, staged.body, staged.hints)
    }
  }
  return { operation: `${operation.name}${trial.name}`, tried: `2 valid, ${breakages.length} broken`, deviations }
}

const clientRef = (n: number) => `${CLIENT_REF}-${n}`

function isSuccess(answer: Outcome['answer']): boolean {
  return answer !== 'failed' && answer >= 200 && answer < 300
}

function isRefusal(answer: Outcome['answer']): boolean {
  return answer === 'failed' || (answer >= 400 && answer < 500)
}
