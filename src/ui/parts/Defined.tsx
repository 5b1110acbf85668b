import { Show, createSignal, createUniqueId, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';
import { Portal } from 'solid-js/web';

export interface DefinedProps {
  /** One sentence; undefined: nothing needs to be said. */
  readonly text: string | undefined;
  /** `id`: for aria-describedby of what takes the focus. */
  readonly children: (id: string | undefined) => JSX.Element;
}

/** Room that the tooltip needs below the term, else it goes above; its greatest width and its gap, px. */
const ROOM_BELOW = 160;
const GREATEST_WIDTH = 340;
const GAP = 6;
/** Until it closes when the pointer leaves, so that it can be pointed at itself, ms. */
const LINGER = 150;

/** Says what a figure means while it is pointed at, focused or, on a touch screen, tapped; Escape closes it. */
export function Defined(props: DefinedProps): JSX.Element {
  const id = createUniqueId();
  const [place, setPlace] = createSignal<JSX.CSSProperties | null>(null);
  let term!: HTMLSpanElement;
  let timer = 0;
  /** A click focuses too, but means something else. */
  let pressed = false;

  const close = () => {
    window.clearTimeout(timer);
    setPlace(null);
    document.removeEventListener('keydown', closeByKey, true);
    document.removeEventListener('pointerdown', closeOutside);
    document.removeEventListener('scroll', close, true);
  };
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Only the tooltip is meant, not the drawer or dialog that it stands in.
    event.stopPropagation();
    close();
  };
  const closeOutside = (event: PointerEvent) => {
    if (!(event.target instanceof Node && term.contains(event.target))) close();
  };
  const open = () => {
    window.clearTimeout(timer);
    if (props.text === undefined || place() !== null) return;
    setPlace(placeBeside(term.getBoundingClientRect()));
    document.addEventListener('keydown', closeByKey, true);
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('scroll', close, true);
  };
  const linger = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(close, LINGER);
  };
  onCleanup(close);

  return (
    <span
      class="defined"
      ref={term}
      onPointerEnter={(event) => event.pointerType !== 'touch' && open()}
      onPointerLeave={(event) => event.pointerType !== 'touch' && linger()}
      onPointerDown={() => (pressed = true)}
      onPointerUp={(event) => {
        pressed = false;
        if (event.pointerType === 'touch') open();
      }}
      onFocusIn={() => !pressed && open()}
      onFocusOut={close}
    >
      {props.children(props.text === undefined ? undefined : id)}
      <Show when={props.text}>
        <span hidden id={id}>
          {props.text}
        </span>
      </Show>
      <Show when={place()}>
        {(style) => (
          <Portal mount={hostOf(term)}>
            <div
              class="definition"
              role="tooltip"
              style={style()}
              onPointerEnter={() => window.clearTimeout(timer)}
              onPointerLeave={linger}
            >
              {props.text}
            </div>
          </Portal>
        )}
      </Show>
    </span>
  );
}

/** A dialog would cover what stands outside of it. */
function hostOf(term: Element): Element {
  return term.closest('dialog, main') ?? document.body;
}

function placeBeside(term: DOMRect): JSX.CSSProperties {
  const left = Math.max(GAP, Math.min(term.left, window.innerWidth - GREATEST_WIDTH - GAP));
  const above = window.innerHeight - term.bottom < ROOM_BELOW && term.top > ROOM_BELOW;
  return above
    ? { left: `${left}px`, bottom: `${window.innerHeight - term.top + GAP}px` }
    : { left: `${left}px`, top: `${term.bottom + GAP}px` };
}

/** A term that stands by itself: takes the focus, so that its definition is reached without a pointer. */
export function Term(props: {
  readonly text: string | undefined;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <Defined text={props.text}>
      {(id) => (
        <Show when={id !== undefined} fallback={props.children}>
          <button type="button" class="term-button" aria-describedby={id}>
            {props.children}
          </button>
        </Show>
      )}
    </Defined>
  );
}
