/** Words of English that no Spanish sentence has. */
export const LEFT_OVER =
  /\b(?:the|is|not|of|and|to|was|were|that|this|with|copy|record|recipient|request|certificate|cannot|sent|mail|message|undefined)\b|\$\{|  /i;
