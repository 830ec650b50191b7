/** The parts of htm/preact/standalone that the page uses. The file itself comes from node_modules. */
export interface VNode {
  readonly type: unknown
}
export type Child = VNode | string | number | null | undefined | false | readonly Child[]
export function html(parts: TemplateStringsArray, ...values: unknown[]): VNode
export function render(node: VNode, parent: Element): void
export function useState<State>(
  initial: State | (() => State),
): [State, (next: State | ((now: State) => State)) => void]
export function useEffect(effect: () => undefined | (() => void), dependencies?: readonly unknown[]): void
export function useLayoutEffect(effect: () => undefined | (() => void), dependencies?: readonly unknown[]): void
export function useRef<Value>(initial: Value): { current: Value }
export function useMemo<Value>(make: () => Value, dependencies: readonly unknown[]): Value
