/** Where the documents of the one submission set lie, in every package of ours. */
export const SET_FOLDER = 'IHE_XDM/SUBSET01/';
