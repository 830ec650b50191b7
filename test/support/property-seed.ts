/**
 * Properties draw anew at each run, so that they go on finding what nobody thought of. With PROPERTY_SEED they draw the
 * same each time: whether a change may land must not hang on a draw.
 */
import fc from 'fast-check'

const { PROPERTY_SEED } = process.env
if (PROPERTY_SEED !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(PROPERTY_SEED) })
