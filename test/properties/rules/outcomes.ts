import { inWords } from '../events'
import type { History, Step } from '../history'
import { isRetryable } from '../kustomer'

/**
 * Without a fault, what is sent is delivered. What is to be sent again has met a fault or somebody else's write; what
 * fails for good has met a fault that says so. Every failure is one of the framework's errors.
 */
export function outcomesOf({ attempt }: Step, history: History): string[] {
  if (!attempt) {
    return []
  }
  const { outcomes, faults, isDisturbed, batched } = attempt
  const { variants } = history.environment
  const isUnfinished = variants.includes('mergeUnfinished') || (batched && variants.includes('jobsSlow'))
  const mayFail = faults.length > 0 || isDisturbed || isUnfinished
  const mayFailForGood = faults.some((fault) => fault.what === 'refused' && !isRetryable(fault.status))
  return outcomes
    .filter(({ event, status }) => {
      const isAllowed = status === 200 || (isRetryable(status) ? mayFail : mayFailForGood) || history.isBuried(event)
      return status === undefined || !isAllowed
    })
    .map(({ event, status, message }) => `${inWords(event)} ended as ${status ?? 'a crash'}: ${message ?? ''}`)
}
