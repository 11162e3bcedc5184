/** Whether decimal text says nothing: '', '0', '0.00', '-0.0'. */
export const isZero = (decimal: string): boolean => /^-?0*(\.0*)?$/.test(decimal);
