/** The destination's own tests, which is what mutations of it are held against. */
module.exports = { ...require('./jest.config'), roots: ['<rootDir>/src/destinations'] }
