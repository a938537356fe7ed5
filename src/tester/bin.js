#!/usr/bin/env node
require('./register')
require('./cli')
