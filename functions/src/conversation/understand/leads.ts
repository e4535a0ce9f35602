import { table } from './phrases.ts';

/** Words before a deadline that belong to neither the title nor the date. */
export const dateLeads = table<true>([
  ['para|hasta|al|a|by|on|due|before|for|deadline|vence|venza|vencen|fecha|limite', true],
  ['y|es|sea|seria para', true],
  ['mejor de', true],
  ['para|hasta antes? del?', true],
  ['antes de|del', true],
  ['antes que', true],
  ['de|a|desde aqui|aca|hoy|ya al|a', true],
  ['a mas tardar para?', true],
  ['para|como a? mas? tarde', true],
  ['como mucho|maximo|tarde para?', true],
  ['no mas tarde de|del', true],
  [
    'con|y|la|de|una fecha de|limite|tope|maxima? entrega|vencimiento|limite? de|del|para|el|en|es|:? :?',
    true,
  ],
  [
    'con|y fecha|plazo|deadline|limite|vencimiento|entrega de|del|para|el|en|es|hasta|al|:? para?',
    true,
  ],
  [
    'fecha|deadline|plazo|vencimiento|entrega|limite de? limite|entrega|vencimiento? :|para|es|sea|el|al|hasta|del',
    true,
  ],
  [
    'que? se? venza|vence|vencera|entregue|entrega|termine|este|sea|quede|caduque lista|listo|hecha? el|para|antes|a|hasta? del?',
    true,
  ],
  ['que? tiene que estar lista|listo? para', true],
  ['lo|la|las|los? quiero|necesito|queremos|necesitamos para', true],
  ['es|son|seria para', true],
  ['fecha|plazo|deadline limite|entrega|tope', true],
  ['fecha de entrega|vencimiento', true],
  ['due by|on|date? :?', true],
]);
